#!/bin/sh
# Get the base image of the sandbox. Safe to run again: with the image present it does nothing.
#
# It is pulled; where no registry answers, it is bootstrapped from the Debian mirror (needs root and debootstrap).
#
# Exit codes:
#   0  the image is there, or INQUEST_ENGINE=none asked for no engine
#   3  it can be neither pulled nor bootstrapped here: the message says what to do
#   5  the bootstrap failed; the message names the log
set -eu

IMAGE=debian:trixie-slim
SUITE=trixie
PULL_S=${INQUEST_PULL_TIMEOUT_S:-60}

say() { printf '%s\n' "$*" >&2; }

[ "${INQUEST_ENGINE:-}" != none ] || exit 0
if timeout 10 docker image inspect "$IMAGE" >/dev/null 2>&1; then exit 0; fi

say "base image: pulling $IMAGE"
if timeout "$PULL_S" docker pull -q "$IMAGE" >/dev/null 2>&1; then exit 0; fi

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null 2>&1; then
    say "base image: $IMAGE could not be pulled. Mend the way to a registry, or load the image by hand ('docker load')," \
        "or run this as root where debootstrap is installed, so that it can be made from the Debian mirror."
    exit 3
fi

say "base image: no registry answers; bootstrapping Debian $SUITE from the mirror (about a minute)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
log=${TMPDIR:-/tmp}/inquest-debootstrap.log
# The mirror that this machine's apt already trusts; debootstrap's own default otherwise.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/\{0,1\}$' || true)
# shellcheck disable=SC2086 # no mirror is no argument
if ! debootstrap --variant=minbase "$SUITE" "$work/root" ${mirror:-} >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    say "base image: debootstrap failed (whole log: $log)"
    exit 5
fi
rm -rf "$work/root/var/cache/apt/archives" "$work/root/var/lib/apt/lists"
mkdir -p "$work/root/var/cache/apt/archives/partial" "$work/root/var/lib/apt/lists/partial"
tar -C "$work/root" -c . | docker import -c 'CMD ["bash"]' - "$IMAGE" >/dev/null
say "base image: ready"
