FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
RUN node scripts/bundle.mjs src/main.ts src/cli/*.ts src/files/order-file-worker.ts
RUN mkdir -p data/runtime && chown -R node:node data/runtime
USER node
VOLUME /app/data/runtime
# The bot itself, not npm, gets the stop signal.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=50", "scripts/run.mjs", "src/main.ts"]
