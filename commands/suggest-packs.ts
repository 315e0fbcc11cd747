// What is suggested where a rule book is to be named.
import type { Suggest } from '../src/discord/command.ts';

export const suggestPacks: Suggest = async ({ app, t }, typed) => {
  const wanted = typed.trim().toLowerCase();
  return app.policies.packs
    .map(({ id, name }) => ({ name: `${name[t.locale]} (${id})`, value: id }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
};
