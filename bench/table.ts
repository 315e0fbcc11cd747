// The figures as a table: each beside its peers, with the ratio.
import type { Figure } from './figures.ts';

function amount(value: number, unit: Figure['unit']): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

function peers({ peers: all, value, unit }: Figure): string {
  return all
    .map((peer) => {
      const ratio = unit === '/s' ? value / peer.value : peer.value / value;
      return `${peer.name} ${amount(peer.value, unit)} (${ratio >= 1 ? 'we are ' : ''}${ratio.toFixed(2)} ×)`;
    })
    .join('; ');
}

export function row(figure: Figure): string[] {
  const { measure, size, value, unit, p99, goal } = figure;
  return [
    measure,
    size.toLocaleString('en'),
    amount(value, unit),
    p99 === undefined ? '' : amount(p99, unit),
    peers(figure),
    goal ? `${goal.reached ? 'yes' : 'NO '} ${goal.text}` : '',
  ];
}

export function printTable(figures: readonly Figure[]): void {
  const rows = [['measure', 'size', 'ours (p50)', 'p99', 'beside', 'reached'], ...figures.map(row)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => [...(cells[column] ?? '')].length))) ?? [];
  for (const cells of rows) {
    process.stdout.write(
      `${cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
