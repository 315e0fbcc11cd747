// What records look like belongs to a schema version, so that an older Makegood refuses what it does not know.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { collectionNames, collections } from '../../src/app/collections.ts';
import { migrations, schemaVersion } from '../../src/store/migrations.ts';

/** A line a field. */
function fieldsOf(name: (typeof collectionNames)[number]): readonly string[] {
  const { properties = {}, required = [] } = z.toJSONSchema<z.ZodType>(collections[name].schema);
  return Object.entries(properties).map(
    ([field, form]) => `${name}.${field}${required.includes(field) ? '' : '?'} ${JSON.stringify(form)}`,
  );
}

/**
 * Where this fails, records have changed: append a migration, also where older records are good as they are, and let the
 * new version's file be written. Only where they are the same in other words, keep the version.
 */
it('is that of the version', async () => {
  const text = `${collectionNames.flatMap(fieldsOf).join('\n')}\n`;
  await expect(text).toMatchFileSnapshot(`schema-${schemaVersion(migrations)}.txt`);
});
