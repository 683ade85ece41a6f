#!/bin/sh
# Fits three seeds to each data set by one command and keeps what `--json` says, with the settings that were chosen.
#
#     study-fits.sh FLEDGE FOLDER
#
# Data sets that are not on this machine (`make datasets`) are left out, and said to be.
set -eu
fledge=$1
folder=$2

study() {
    name=$1
    shift
    if ! "$fledge" fit "$@" --seeds 3 --json --quiet > "$folder/study-fit-$name.json.part"; then
        rm -f "$folder/study-fit-$name.json.part"
        echo "study: $name was left out" >&2
        return
    fi
    mv "$folder/study-fit-$name.json.part" "$folder/study-fit-$name.json"
    echo "$name" >&2
}

study breast-cancer breast-cancer --folds 5
study diabetes diabetes --folds 5
study digits-cnn digits --folds 5
study digits-mlp digits --folds 5 --model mlp
study film-reviews-terms film-reviews
study film-reviews-words film-reviews --model text
study movielens movielens-100k
study fashion-mlp fashion-mnist --model mlp
study fashion-cnn fashion-mnist
