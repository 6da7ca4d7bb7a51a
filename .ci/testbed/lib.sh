# shellcheck shell=bash disable=SC2034 # the names are for the scripts that read this file
# SPDX-License-Identifier: Apache-2.0
# Shared by the testbed's scripts: where things live, and how a service is started and stopped.
set -euo pipefail
TESTBED_HOME=${TESTBED_HOME:-/var/tmp/gatewright-testbed}
TESTBED_REGISTRY=localhost:5000
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$TESTBED_HOME"/{bin,log,pid}

say() { printf 'testbed: %s\n' "$*" >&2; }

# need PACKAGE...: Debian packages, installed once
need() {
  local missing=() p
  for p in "$@"; do dpkg -s "$p" >/dev/null 2>&1 || missing+=("$p"); done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$TESTBED_HOME/log/apt.log" 2>&1 \
    || { tail -20 "$TESTBED_HOME/log/apt.log" >&2; return 1; }
}

# serve NAME COMMAND...: start a service in the background, its log and pid under TESTBED_HOME
serve() {
  local name=$1; shift
  TESTBED_SERVICE=$name setsid nohup "$@" >"$TESTBED_HOME/log/$name.log" 2>&1 </dev/null &
  echo $! >"$TESTBED_HOME/pid/$name"
}

# running NAME: is the process of that pid still ours? A pid may have been given to another process since.
running() {
  local pid
  pid=$(cat "$TESTBED_HOME/pid/$1" 2>/dev/null) && tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qx "TESTBED_SERVICE=$1"
}

halt() {
  local name
  for name in "$@"; do
    if running "$name"; then
      kill "$(cat "$TESTBED_HOME/pid/$name")" 2>/dev/null || true
      for _ in $(seq 50); do running "$name" || break; sleep 0.1; done
    fi
    rm -f "$TESTBED_HOME/pid/$name"
  done
}

# wait_for SECONDS WHAT COMMAND...
wait_for() {
  local seconds=$1 what=$2; shift 2
  for _ in $(seq $((seconds * 5))); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
  say "$what was not ready after $seconds s"; return 1
}
