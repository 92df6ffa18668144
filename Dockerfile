# An image of parkmap: one static binary with page and layout inside, run by an ordinary user.
#   docker build --build-arg VERSION="$(git describe --tags --always)" -t parkmap .
#   docker run -p 127.0.0.1:8080:8080 -v parkmap:/data parkmap

FROM node:22-bookworm-slim AS page
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY scripts/build-page.mjs scripts/fonts.mjs scripts/tokens.mjs scripts/
COPY static/src static/src
RUN npm run build

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=page /src/static/dist/ static/dist/
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
        -ldflags "-s -w -X main.version=${VERSION}" -o /image/parkmap ./cmd/parkmap \
    && mkdir -p /image/data /image/etc/ssl/certs \
    && mkdir -m 1777 /image/tmp \
    && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
    && chown 65532:65532 /image/data

FROM scratch
COPY --from=build /image/ /
USER 65532:65532
# Inside a container only the container's own network sees this address.
ENV PARKMAP_LISTEN=0.0.0.0:8080 \
    PARKMAP_STORE=/data/parkmap.db
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 \
    CMD ["/parkmap", "doctor", "--ready", "http://127.0.0.1:8080"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/parkmap"]
CMD ["serve"]
