#!/bin/sh
# Fetches the datasets that are not bundled into $FLEDGE_DATA (by default ~/.local/share/fledge), from Python packages
# that carry them:
#   film-reviews    vaderSentiment (MIT): sentences from film reviews with their mean ratings
#   movielens-100k  recbole, its example dataset: GroupLens's terms hold, for research and not to be passed on
# Needs python3 with pip, nothing else; what is there already is not fetched again.
set -eu

data=${FLEDGE_DATA:-$HOME/.local/share/fledge}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch PACKAGE KIND FILE SHA256: leaves the package's archive of this kind (source or wheel) in $work.
fetch() {
    case $2 in
        source) kind=--no-binary=:all: ;;
        wheel) kind=--only-binary=:all: ;;
    esac
    echo "fetching $1"
    if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps "$kind" --dest "$work" "$1"; then
        echo "pip could not fetch $1; is python3-pip installed, and is there a network?" >&2
        exit 1
    fi
    if ! echo "$4  $work/$3" | sha256sum --check --status; then
        echo "$3 is not the file that was expected; was it damaged on its way?" >&2
        exit 1
    fi
}

# put FILE NAME/FILE: a whole file in its place or none, whenever this is stopped.
put() {
    mkdir -p "$data/$(dirname "$2")"
    cp "$1" "$data/$2.partial"
    mv "$data/$2.partial" "$data/$2"
    echo "$data/$2"
}

if [ -e "$data/film-reviews/reviews.tsv" ]; then
    echo "film-reviews is there"
else
    fetch vaderSentiment==3.3.2 source vaderSentiment-3.3.2.tar.gz \
        5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9
    # The reviews are in an archive within the archive.
    python3 - "$work" <<'END'
import sys, tarfile
work = sys.argv[1]
with tarfile.open(work + "/vaderSentiment-3.3.2.tar.gz") as outer:
    inner = outer.extractfile("vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz")
    with tarfile.open(fileobj=inner) as archive:
        reviews = archive.extractfile("hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt").read()
    licence = outer.extractfile("vaderSentiment-3.3.2/LICENSE.txt").read()
open(work + "/reviews.tsv", "wb").write(reviews)
open(work + "/LICENSE.txt", "wb").write(licence)
END
    put "$work/LICENSE.txt" film-reviews/LICENSE.txt
    put "$work/reviews.tsv" film-reviews/reviews.tsv
fi

if [ -e "$data/movielens-100k/ratings.tsv" ]; then
    echo "movielens-100k is there"
else
    fetch recbole==1.2.1 wheel recbole-1.2.1-py3-none-any.whl \
        9c9948202011f37eb0a7c6768129313f00d6403ad221ec940d5e2d5d5f33a407
    # The columns are called user_id:token, item_id:token, rating:float, timestamp:float.
    python3 - "$work" <<'END'
import sys, zipfile
work = sys.argv[1]
with zipfile.ZipFile(work + "/recbole-1.2.1-py3-none-any.whl") as wheel:
    header, rows = wheel.read("recbole/dataset_example/ml-100k/ml-100k.inter").split(b"\n", 1)
names = [name.split(b":")[0] for name in header.strip().split(b"\t")]
open(work + "/ratings.tsv", "wb").write(b"\t".join(names) + b"\n" + rows)
END
    put "$work/ratings.tsv" movielens-100k/ratings.tsv
fi
