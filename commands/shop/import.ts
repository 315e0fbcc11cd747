// /shop import: brings in the orders of a marketplace's export that was sent as an attachment.
import { importOrders, requireImportTarget } from '../../src/app/import-orders.ts';
import { remindersOf } from '../../src/app/reminders-of.ts';
import { action, type Context, option, type UploadedFile } from '../../src/discord/command.ts';
import { download } from '../../src/discord/download.ts';
import { show } from '../../src/discord/reply.ts';
import type { Merchant } from '../../src/domain/merchant.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { UPLOAD_LIMITS } from '../../src/files/limits.ts';
import { openOrderFile } from '../../src/files/open-order-file.ts';
import type { OrderFile } from '../../src/files/order-file.ts';
import { UnusableError } from '../../src/files/reasons.ts';
import { Tally } from '../../src/files/tally.ts';
import { brokenCard, importCard, importProgressCard, readingCard, unusableCard } from './import-card.ts';
import { suggestMerchant } from './suggest.ts';

const downloadTimeoutMs = 60_000;
const maxMegabytes = Math.floor(UPLOAD_LIMITS.maxBytes / 1024 / 1024);

export const importFile = action(
  {
    file: option.file({ required: true }),
    source: option.choice(['pinduoduo', 'shopify', 'generic']),
    merchant: option.text({ suggest: suggestMerchant, max: 32 }),
  },
  async (context, { file, source, merchant: merchantId }) => {
    const { app, request, t } = context;
    const merchant = await requireImportTarget(app, request, merchantId);
    if (isRefusal(merchant)) return merchant;
    context.progress(readingCard(t, file.name));
    const limits = { maxBytes: UPLOAD_LIMITS.maxBytes, timeoutMs: downloadTimeoutMs, origins: context.fileOrigins };
    const bytes = await download(file, limits);
    if (typeof bytes === 'string') return show(unusableCard(t, { unusable: bytes, maxMegabytes }));

    const { timeZone } = await app.store.read((tx) => remindersOf(app, tx, { ...merchant, merchantId: merchant.id }));
    const opened = await openOrderFile({ bytes }, { timeZone, now: app.clock.now(), ...(source && { source }) });
    if ('unusable' in opened) return show(unusableCard(t, opened));
    try {
      return await bringIn(context, file, merchant, opened);
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error;
      return show(brokenCard(t, error.file));
    } finally {
      await opened.close();
    }
  },
);

async function bringIn(context: Context, file: UploadedFile, merchant: Merchant, opened: OrderFile) {
  const { app, request, t } = context;
  const seen = new Tally(opened);
  const target = { guildId: request.guildId, merchantId: merchant.id, source: opened.source, by: request.userId };
  const result = await importOrders(app, target, seen.orders(), {
    dryRun: false,
    onProgress: () => context.progress(importProgressCard(t, seen.rows, opened.rows)),
  });
  if (isRefusal(result)) return result;
  const { rejectedRows } = seen;
  return show(importCard(t, { ...result, rejectedRows, file: file.name, source: opened.source, notes: seen.notes() }));
}
