// The buttons of a rule book's card.
import { customId, field } from '../custom-id.ts';

const pack = { pack: field.code };

export const policyTerms = customId('policy.terms', pack);
export const policySources = customId('policy.sources', pack);
