# The program in an image. Use, and what the image has not: docs/installation.md.
#   docker build --tag metagenome-benchmark .
# Any Debian or Ubuntu image with Node.js and npm will do as BASE; a digest (node@sha256:…) pins it for good.
ARG BASE=docker.io/library/node:22-bookworm-slim

FROM ${BASE} AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The files of the npm package, with the packages of the lock file; what SQLite was compiled from stays behind.
RUN npm pack \
  && mkdir /program \
  && tar --extract --file *.tgz --strip-components=1 --no-same-owner --directory /program \
  && chmod a+x /program/bin/run.js \
  && npm prune --omit=dev --no-audit --no-fund \
  && mv node_modules /program/ \
  && cd /program/node_modules \
  && rm -rf better-sqlite3*/deps better-sqlite3*/src better-sqlite3-napi/prebuilds/darwin* better-sqlite3-napi/prebuilds/win32* \
  && find . -path './better-sqlite3/build/*' -type f ! -path '*/Release/better_sqlite3.node' -delete

FROM ${BASE}
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="metagenome-benchmark-cli" \
  org.opencontainers.image.description="Benchmarks metagenome pipelines on samples with a known truth" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
# git and ssh: branch and commit of a run, hubs. ps: Nextflow. tini: process 1, which ends and reaps processes.
# libnss-unknown: a name for any uid, without which ssh refuses to start.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git libnss-unknown openssh-client procps tini \
  && rm -rf /var/lib/apt/lists/* \
  # A mounted project belongs to somebody else than the user of the container: git would refuse to look at it.
  && git config --system --add safe.directory '*' \
  # For every uid: `docker run --user` takes any.
  && install --directory --mode=1777 /home/benchmark /work \
  && ln -s /opt/benchmark/bin/run.js /usr/local/bin/benchmark
COPY --from=build /program /opt/benchmark
ENV HOME=/home/benchmark
USER 1000:1000
WORKDIR /work
# An image that cannot do its work is not made.
RUN benchmark test --quick >/dev/null && rm -rf /tmp/*
ENTRYPOINT ["tini", "--", "benchmark"]
CMD ["--help"]
