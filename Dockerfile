# The application alone: the sandbox stays outside, and the database is a server of its own (DATABASE_URL).
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

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --workspaces=false && npm cache clean --force
COPY --from=build /app/dist dist
COPY --from=build /app/console/dist console/dist
USER node
EXPOSE 3000
CMD ["node", "dist/src/main.js"]
