# Three stages: what runs is installed by itself, so that its layer stays the same while only sources change;
# the second compiles; the last holds what runs and nothing else.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Types, their compiler (wanted by a package's types only) and source maps are of no use to what runs.
RUN npm ci --omit=dev --ignore-scripts --no-fund --no-audit \
  && rm -rf node_modules/typescript node_modules/.bin/tsc node_modules/.bin/tsserver \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) -delete

FROM packages AS build
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/bin.mjs ./scripts/
COPY src ./src
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY scripts/healthy.mjs ./scripts/
COPY policy ./policy
COPY policies ./policies
COPY issue-templates ./issue-templates
COPY demo ./demo
# The only folder that is written to, and only by the embedded queue.
RUN mkdir /data && chown 1000:1000 /data
# By number: Kubernetes can tell that it is not root. It is the user `node` of the base image.
USER 1000:1000
VOLUME /data
EXPOSE 8080
# Holds for every role: the web process and the workers answer /healthz alike.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "scripts/healthy.mjs"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
