// The page buttons of a case file.
import { customId, field } from '../custom-id.ts';

export const casePage = customId('case.page', { order: field.id, page: field.integer });
