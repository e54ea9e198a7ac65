#!/bin/sh
# Get a Docker engine where none is reachable. Safe to run again: with a reachable engine it does nothing.
#
# On Debian or Ubuntu as root it installs the distribution's own packages and starts the daemon in the background;
# elsewhere it says what to install. At a terminal it asks first; INQUEST_YES=1 answers yes.
#
# Exit codes:
#   0  an engine is reachable, or INQUEST_ENGINE=none asked for none
#   3  no engine here, and none can be installed by this script: the message says what to do
#   4  the person at the terminal said no
#   5  the packages or the daemon failed; the message names the log
set -eu

PACKAGES="docker.io debootstrap bubblewrap ca-certificates"
LOG=${INQUEST_DOCKERD_LOG:-/var/log/inquest-dockerd.log}
WAIT_S=60

say() { printf '%s\n' "$*" >&2; }

reachable() { command -v docker >/dev/null 2>&1 && timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

if [ "${INQUEST_ENGINE:-}" = none ]; then
    say "engine: skipped, because INQUEST_ENGINE=none"
    exit 0
fi
if reachable; then exit 0; fi

if [ -n "${DOCKER_HOST:-}" ]; then
    say "engine: nothing answers at DOCKER_HOST. Start that engine, or unset DOCKER_HOST to use one on this machine."
    exit 3
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "engine: no Docker engine is reachable. Install one and start it (Debian and Ubuntu: 'sudo apt-get install" \
        "docker.io', then add yourself to the group 'docker' and log in again; elsewhere: Docker Engine, Docker Desktop" \
        "or Podman with its Docker socket), or run this again as root on Debian or Ubuntu. Until then Inquest works" \
        "with the weaker 'local' sandbox; INQUEST_ENGINE=none chooses it without this message."
    exit 3
fi

missing=""
for package in $PACKAGES; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done

if [ -n "$missing" ]; then
    say "engine: will install from this distribution:$missing"
else
    say "engine: is installed, will be started"
fi
if [ -t 0 ] && [ -t 2 ] && [ "${INQUEST_YES:-}" != 1 ]; then
    printf 'Go on? [Y/n] ' >&2
    read -r answer
    case $answer in "" | [yY]*) ;; *) exit 4 ;; esac
fi

if [ -n "$missing" ]; then
    install_log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words on purpose
    if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing; } \
        >"$install_log" 2>&1 </dev/null; then
        tail -n 5 "$install_log" >&2
        say "engine: apt-get could not install$missing (whole log: $install_log)"
        exit 5
    fi
    rm -f "$install_log"
fi

if ! reachable; then
    if [ -d /run/systemd/system ]; then
        systemctl start docker >"$LOG" 2>&1 || true
    elif ! pidof dockerd >/dev/null 2>&1; then
        # A stopped machine leaves its pid file behind, and the daemon then refuses to start.
        rm -f /var/run/docker.pid
        setsid nohup dockerd >"$LOG" 2>&1 </dev/null &
    fi
fi

waited=0
until reachable; do
    if [ "$waited" -ge "$WAIT_S" ]; then
        tail -n 3 "$LOG" >&2 || true
        say "engine: the Docker daemon did not answer within $WAIT_S seconds (whole log: $LOG)." \
            "This machine may lack the rights or the kernel support for containers; the 'local' sandbox works without."
        exit 5
    fi
    sleep 1
    waited=$((waited + 1))
done
say "engine: ready"
