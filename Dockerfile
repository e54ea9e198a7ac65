# The sandbox's two images on one base. `sandbox/images.py` makes the build context and names the images by its hash.
#   oracle  holds the hidden function: the only image with `functions` in it
#   lab     where agents' Python runs: `lab` and `toolkit`, and nothing else of this project

FROM debian:trixie-slim AS base
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends python3 python3-numpy python3-scipy \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb
ENV PYTHONPATH=/inquest PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 LANG=C.UTF-8

FROM base AS oracle-base
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends python3-pydantic \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb

FROM oracle-base AS oracle
COPY oracle/ /inquest/
RUN python3 -m compileall -q /inquest

FROM base AS lab
COPY lab/ /inquest/
# gVisor would put a writable file system over an empty /tmp
RUN mkdir /scratch && touch /tmp/nothing-is-kept-here && python3 -m compileall -q /inquest
