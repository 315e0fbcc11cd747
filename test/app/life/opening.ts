// How a life begins: two merchants with orders to ship, most of them linked, and some pieces of all but one SKU, which is not counted.
import { guild, pddPack, staffRole } from '../../support/app.ts';
import { hourMs, merchant, product } from '../../support/orders.ts';
import type { Sku, Told } from './acts.ts';
import { wishOf } from './perform.ts';
import { channels, merchantIds, type Name, people, World } from './world.ts';

const shelf: readonly { readonly sku: Sku; readonly stock?: number; readonly priceMinor: number }[] = [
  { sku: 'BLACK', stock: 3, priceMinor: 6800 },
  { sku: 'WHITE', stock: 1, priceMinor: 6000 },
  { sku: 'GREEN', priceMinor: 9000 },
];
const line = (sku: Sku, quantity: number) => ({ sku, quantity, unitPriceMinor: 6800 });
const ordered = [[line('BLACK', 1)], [line('BLACK', 2)], [line('BLACK', 1), line('WHITE', 1)], [line('GREEN', 1)]];
const toShip = { state: 'to_ship', afterSales: 'none', currency: 'CNY' } as const;
const linked: readonly { readonly n: number; readonly by: Name }[] = [
  { n: 1, by: 'b1' },
  { n: 2, by: 'b2' },
  { n: 3, by: 'b1' },
];

export async function openShop(): Promise<World> {
  const world = await World.open();
  await setUp(world);
  for (const shop of merchantIds) {
    const told = ordered.map(
      (lines, at): Told => ({ ...toShip, n: at + 1, lines, paidMinor: 6800 * lines.length, paidAgo: 7 * at }),
    );
    await wishOf(world, { do: 'file', shop, told, dryRun: false })?.(`opened ${shop}`);
    for (const { n, by } of linked) {
      await wishOf(world, { do: 'link', which: { shop, n }, by, proof: '5678' })?.(`linked ${shop} ${n}`);
    }
  }
  return world;
}

function setUp({ app }: World): Promise<void> {
  return app.store.transact(async (tx) => {
    await tx.put('settings', {
      guildId: guild,
      staffRoleId: staffRole,
      staffChannelId: channels.staff,
      policyPack: pddPack.id,
      reminders: { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' },
    });
    for (const id of merchantIds) {
      const channel = id === 'lin' ? { channelId: channels.lin, roleIds: [...people.packer.roleIds] } : {};
      await tx.put('merchants', merchant({ id, name: id, memberIds: [people[id].userId], ...channel }));
      for (const { sku, ...kept } of shelf) await tx.put('products', product(sku, { merchantId: id, ...kept }));
    }
  });
}
