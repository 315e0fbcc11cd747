// Whoever did something was somebody who may, by the links and roles of that moment.
import { expect } from 'vitest';
import { actsFor } from '../../../src/app/access.ts';
import { keyOf } from '../../../src/app/collections.ts';
import { guild } from '../../support/app.ts';
import type { Act } from './acts.ts';
import { recordIn } from './changed.ts';
import { type MerchantId, type Name, people, type Tables } from './world.ts';

/** @param before how things stood when it was asked for, and granted */
export function checkAuthority(before: Tables, act: Act): void {
  switch (act.do) {
    case 'restock':
    case 'setStock':
    case 'stockout':
    case 'delay':
      expectMember(before, act.shop, act.by ?? act.shop);
      break;
    case 'ship':
    case 'snooze':
      expectMember(before, act.which.shop, act.by ?? act.which.shop);
      break;
    case 'linkByStaff':
    case 'quote':
    case 'confirm':
    case 'cancel':
    case 'paid':
    case 'note':
    case 'policy':
      if (act.by) expectStaff(before, act.by);
  }
}

function expectMember(tables: Tables, id: MerchantId, name: Name): void {
  const merchant = recordIn(tables, 'merchants', keyOf(guild, id));
  const asked = { guildId: guild, operationId: '', manager: false, locale: 'zh-CN', ...people[name] } as const;
  expect(merchant && actsFor(asked, merchant), `${name} acts for ${id}`).toBe(true);
}

function expectStaff(tables: Tables, name: Name): void {
  const roles: readonly string[] = people[name].roleIds;
  expect(roles, `${name} is staff`).toContain(recordIn(tables, 'settings', guild)?.staffRoleId);
}
