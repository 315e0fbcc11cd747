// Ends a report: it is not carried to further orders. What orders were told, and the choices they have, stays.
import type { Tx } from './ports.ts';

export async function resolveIncident(tx: Tx, incidentId: string): Promise<void> {
  const incident = await tx.get('incidents', incidentId);
  if (incident && incident.state !== 'resolved') await tx.put('incidents', { ...incident, state: 'resolved' });
}
