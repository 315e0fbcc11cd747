// Unwraps an outcome that a test expects not to be refused.
import { isRefusal, type Outcome } from '../../src/domain/refusal.ts';

export async function granted<T>(outcome: Promise<Outcome<T>> | Outcome<T>): Promise<T> {
  const answer = await outcome;
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} ${JSON.stringify(answer.data)}`);
  return answer;
}
