// What proves that an order is yours.
import { expect, it } from 'vitest';
import { proves } from '../../../src/domain/order/proof.ts';

it.each([
  [{ phone: '13812345678' }, '5678', true],
  [{ phone: '13812345678' }, ' 5678 ', true],
  [{ phone: '13812345678' }, '5678', true],
  [{ phone: '138****5678' }, '5678', true],
  [{ phone: '+86 138-1234-5678' }, '5678', true],
  [{ phone: '18412345678-0012' }, '5678', true],
  [{ phone: '18412345678-0012' }, '0012', false],
  [{ phone: '1381234****' }, '1234', false],
  [{ phone: '1381234****' }, '****', false],
  [{ phone: '138' }, '138', false],
  [{ phone: '13812345678' }, '5679', false],
  [{ phone: '13812345678' }, '13812345678', false],
  [{ phone: '13812345678' }, '', false],
  [{ email: 'Wang.Li@Example.com' }, 'wang.li@example.COM', true],
  [{ email: 'wang@example.com' }, 'wang@example', false],
  [{ email: 'w***@example.com' }, 'w***@example.com', false],
  [{}, '', false],
  [{}, '\u0000', false],
  [undefined, '5678', false],
])('%j and %j: %s', (recipient, proof, proved) => {
  expect(proves(recipient, proof)).toBe(proved);
});
