#!/bin/sh
# Trains the runs that the gallery shows, and keeps what their figures are drawn from.
# usage: Notebooks/Gallery/Runs/make.sh [FLEDGE]
set -e
fledge=$(realpath "${1:-.build/release/fledge}")
here=$(realpath "$(dirname "$0")")
data=$(realpath "$here/../Data")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$data/diabetes.csv" .

"$fledge" train cart-pole --seeds 5 --name cart-pole --quiet
"$fledge" train pendulum --seeds 3 --name pendulum --quiet
"$fledge" cluster fashion-mnist --clusters 10 --name fashion-mnist-cluster --quiet
"$fledge" cluster digits --clusters 10 --name digits-cluster --quiet
"$fledge" encode fashion-mnist --code 64 --name fashion-mnist-encode --quiet
"$fledge" encode digits --code 16 --name digits-encode --quiet
"$fledge" fit fashion-mnist --name fashion-mnist-fit --quiet
"$fledge" fit digits --name digits-fit --quiet
"$fledge" fit diabetes.csv --name diabetes-fit --quiet

# Parameters, codes and checkpoints are large and not drawn from.
for run in runs/*/; do
    name=$(basename "$run")
    rm -f "$run/lock"
    rm -rf "$run/figures" "$run/checkpoints" "$run"/seeds/*/checkpoints
    rm -f "$run"/seeds/*/parameters.safetensors "$run"/seeds/*/*.npy "$run"/seeds/*/chain.csv
    rm -rf "$here/$name"
    cp -r "$run" "$here/$name"
done
