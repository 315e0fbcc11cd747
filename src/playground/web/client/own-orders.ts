// One's own orders: the files marketplaces export, who brings them in, and with which command.
import type { ShownPerson } from '../protocol.ts';

export const importPath = '/shop import';

/** As a file field accepts them. */
export const tables = '.csv,.tsv,.txt,.xlsx';

export function isTable({ name }: File): boolean {
  return tables.split(',').some((ending) => name.toLowerCase().endsWith(ending));
}

/** The person at hand where that is a merchant, else the first merchant there is. */
export function importer(people: readonly ShownPerson[], key: string | undefined): ShownPerson | undefined {
  const merchants = people.filter(({ part }) => part === 'merchant');
  return merchants.find((person) => person.key === key) ?? merchants[0];
}
