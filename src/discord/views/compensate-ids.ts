// The buttons under a compensation's preview. The draft they name is the store's, and only its author may act on it.
import { customId, field } from '../custom-id.ts';

const draft = { draft: field.id };

export const confirmButton = customId('compensate.yes', draft);
export const cancelButton = customId('compensate.no', draft);
