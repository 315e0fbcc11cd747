// What is counted, for Prometheus.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryReport } from './app/deliver-notices.ts';

export interface Metrics {
  /** The whole registry as Prometheus text, and its content type. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** An interaction was answered: by which command or component, how it ended, and in how many seconds. */
  readonly answered: (name: string, outcome: 'ok' | 'refused' | 'failed' | 'lost', seconds: number) => void;
  /** Messages to people, by what came of them. */
  readonly delivered: (report: DeliveryReport) => void;
  /** A sweep took so many seconds. */
  readonly swept: (seconds: number) => void;
  /** Is asked at each scrape whether the gateway is up. */
  readonly watchGateway: (isReady: () => boolean) => void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Counter({
    name: 'makegood_interactions_total',
    help: 'Interactions answered, by command or component and outcome.',
    labelNames: ['name', 'outcome'],
    registers,
  });
  const answerSeconds = new Histogram({
    name: 'makegood_interaction_seconds',
    help: 'Seconds from an interaction reaching the bot to its answer being accepted by Discord.',
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3],
    registers,
  });
  const notices = new Counter({
    name: 'makegood_notices_total',
    help: 'Messages to people: sent, to be tried later, given up, or dropped as no longer news.',
    labelNames: ['outcome'],
    registers,
  });
  const sweeps = new Histogram({
    name: 'makegood_sweep_seconds',
    help: 'Seconds a sweep for due work took.',
    buckets: [0.001, 0.01, 0.1, 1, 10],
    registers,
  });
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    answered: (name, outcome, seconds) => {
      answers.inc({ name, outcome });
      answerSeconds.observe(seconds);
    },
    delivered: (report) => {
      for (const [outcome, count] of Object.entries(report)) notices.inc({ outcome }, count);
    },
    swept: (seconds) => sweeps.observe(seconds),
    watchGateway: (isReady) => {
      new Gauge({
        name: 'makegood_gateway_ready',
        help: '1 while connected to the Discord gateway.',
        registers,
        collect() {
          this.set(isReady() ? 1 : 0);
        },
      });
    },
  };
}
