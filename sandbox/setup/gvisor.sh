#!/bin/sh
# Get gVisor for Docker where INQUEST_RUNTIME=runsc asks for it. Safe to run again: with the runtime there it does nothing.
#
# On Debian or Ubuntu as root it installs the distribution's `runsc` and tells Docker of it; elsewhere it says what to do.
#
# Exit codes:
#   0  Docker knows the runtime, or nobody asked for it
#   3  it cannot be installed by this script: the message says what to do
#   5  the packages or Docker's reload failed; the message says which
set -eu

CONFIG=${INQUEST_DOCKER_CONFIG:-/etc/docker/daemon.json}
WAIT_S=20

say() { printf '%s\n' "$*" >&2; }

[ "${INQUEST_RUNTIME:-}" = runsc ] || exit 0
[ "${INQUEST_ENGINE:-}" != none ] || exit 0

known() { timeout 10 docker info --format '{{range $name, $_ := .Runtimes}}{{$name}} {{end}}' 2>/dev/null | grep -qw runsc; }
if known; then exit 0; fi

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "gVisor: Docker knows no runtime 'runsc'. Install gVisor (https://gvisor.dev/docs/user_guide/install/), register it" \
        "with runtimeArgs [\"--network=none\", \"--platform=ptrace\"] in $CONFIG and reload Docker."
    exit 3
fi
if ! command -v runsc >/dev/null 2>&1; then
    say "gVisor: will install from this distribution: runsc"
    if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends runsc; } >/dev/null 2>&1; then
        say "gVisor: apt-get could not install runsc"
        exit 5
    fi
fi

# ptrace works wherever Docker does; kvm needs the device, and hangs where it is half there.
python3 - "$CONFIG" "$(command -v runsc)" <<'PYTHON'
import json, pathlib, sys
path = pathlib.Path(sys.argv[1])
config = json.loads(path.read_text()) if path.exists() else {}
runsc = {"path": sys.argv[2], "runtimeArgs": ["--network=none", "--platform=ptrace"]}
config.setdefault("runtimes", {})["runsc"] = runsc
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(config, indent=2) + "\n")
PYTHON
if [ -d /run/systemd/system ]; then systemctl reload docker || true; else kill -HUP "$(pidof dockerd)" || true; fi

waited=0
until known; do
    if [ "$waited" -ge "$WAIT_S" ]; then
        say "gVisor: Docker did not take up the runtime within $WAIT_S seconds; restart Docker and look at $CONFIG"
        exit 5
    fi
    sleep 1
    waited=$((waited + 1))
done
say "gVisor: ready"
