// The application on a store in memory, with a clock the test sets, ids that count, and the default rule pack.
import { readFileSync } from 'node:fs';
import type { App, Request } from '../../src/app/context.ts';
import type { Clock, Ids } from '../../src/app/ports.ts';
import { type PolicyBook, type PolicyPack, policyPackSchema } from '../../src/domain/compensation/policy.ts';
import { projectPath } from '../../src/root.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export const guild = '100000000000000001';
export const staffRole = '200000000000000001';
export const staffMember = '300000000000000001';
export const merchantMember = '300000000000000002';

export interface TestClock extends Clock {
  set(at: number): void;
  advance(ms: number): void;
}

export interface TestApp extends App {
  readonly store: MemoryStore;
  readonly clock: TestClock;
}

/** 2026-11-20 12:00 in Shanghai. */
export const startOfTest = Date.UTC(2026, 10, 20, 4);

export const pddPack: PolicyPack = policyPackSchema.parse(
  JSON.parse(readFileSync(projectPath('data/policies/pdd.json'), 'utf8')),
);

export function policyBook(...packs: readonly [PolicyPack, ...PolicyPack[]]): PolicyBook {
  return { defaultPack: packs[0], packs, find: (id) => packs.find((pack) => pack.id === id) };
}

export function testApp(options: { now?: number; pack?: PolicyPack } = {}): TestApp {
  return {
    store: memoryStore(),
    clock: testClock(options.now ?? startOfTest),
    ids: countingIds(),
    policies: policyBook(options.pack ?? pddPack),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    defaults: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  };
}

export function testClock(start: number): TestClock {
  let now = start;
  return {
    now: () => now,
    set(at) {
      now = at;
    },
    advance(ms) {
      now += ms;
    },
  };
}

/** 16 characters, rising. */
function countingIds(): Ids {
  let count = 0;
  return { next: () => String(++count).padStart(16, '0') };
}

let operations = 0;

/** A request with an operation id of its own; `merchant`, `staff` and `manager` as set up by `setUpShop`. */
export function ask(userId: string, more: Partial<Request> = {}): Request {
  return {
    operationId: `op-${++operations}`,
    guildId: guild,
    userId,
    roleIds: [],
    manager: false,
    locale: 'zh-CN',
    ...more,
  };
}

export const asMerchant = (more: Partial<Request> = {}): Request => ask(merchantMember, more);
export const asStaff = (more: Partial<Request> = {}): Request => ask(staffMember, { roleIds: [staffRole], ...more });
