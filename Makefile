# make demo     installs what is missing, builds, trains an agent, clusters, encodes and classifies, and writes a report: about a minute after the build
# make test     installs what is missing, builds, runs every test
# make lint     checks the layout of the code; warnings are errors
# make bench    measures speed, beside other systems where they are installed
# make study    trains ten seeds of each reference recipe, fits three of each data set, and writes what they reach
# make gallery  draws Notebooks/Gallery from its committed data
# make datasets fetches the datasets that are not bundled (film reviews, ratings) into $FLEDGE_DATA, by pip
# make install  puts the binary below PREFIX (/usr/local)

PREFIX ?= /usr/local
PACKAGES = libopenblas-dev libpng-dev libcairo2-dev libbox2d-dev zlib1g-dev libsqlite3-dev fonts-dejavu-core pkg-config dataset-fashion-mnist

# The manifest lists files (recipes, bundled data); a cached result would not see new ones.
SWIFT_BUILD = swift build -c release --manifest-cache none
BINARY = .build/release/fledge
# The demonstration's runs are named by the time, so that it can be run again.
DEMO := demo-$(shell date +%Y%m%d-%H%M%S)
RESULTS = Sources/Benchmarks/Results

.PHONY: demo test lint bench study gallery datasets install build packages clean

demo: build
	$(BINARY) train cart-pole --seeds 4 --name $(DEMO)-train
	$(BINARY) cluster fashion-mnist --clusters 10 --name $(DEMO)-cluster
	$(BINARY) encode fashion-mnist --code 64 --name $(DEMO)-encode
	$(BINARY) fit fashion-mnist --name $(DEMO)-fit
	$(BINARY) report $(DEMO)-train $(DEMO)-cluster $(DEMO)-encode $(DEMO)-fit -o runs/$(DEMO)-report

build: packages
	$(SWIFT_BUILD) --product fledge

test: packages
	$(SWIFT_BUILD) --build-tests
	swift test -c release --skip-build
	Tests/OutsidePackage/run.sh

lint:
	swift format lint --strict --configuration .swift-format --recursive Package.swift Sources Tests Environments

bench: build
	$(SWIFT_BUILD) --product Benchmarks
	.build/release/Benchmarks

study: build
	$(BINARY) train cart-pole --recipe zoo --seeds 10 --json > $(RESULTS)/study-cart-pole.json
	$(BINARY) train pendulum --recipe zoo --seeds 5 --json > $(RESULTS)/study-pendulum.json
	Sources/Benchmarks/study-fits.sh $(BINARY) $(RESULTS)

gallery: packages
	$(SWIFT_BUILD) --product Gallery
	.build/release/Gallery
	Notebooks/Gallery/versions.sh > Notebooks/Gallery/made-with.txt

datasets:
	Sources/Datasets/fetch.sh

install: build
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/fledge

# Asks apt only if a package is missing; sudo only when not root.
packages:
	@missing=$$(for package in $(PACKAGES); do \
		dpkg-query -W -f '$${Status}\n' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi; \
		echo "installing" $$missing; \
		$$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends $$missing; \
	fi

clean:
	rm -rf .build
