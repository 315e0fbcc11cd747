// What Discord takes at most, and the one place that makes a body fit.
import type { APIComponentInContainer, APIContainerComponent, APIMessageTopLevelComponent } from 'discord.js';

/** Characters of all texts of a message together. */
export const maxText = 4000;
/** Components of a message, nested ones included. */
export const maxComponents = 40;

/** Cuts markdown to `max` characters with an ellipsis, and never inside a `<…>` token or through a character. */
export function cutMarkdown(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, Math.max(0, max - 1)).replace(/[\ud800-\udbff]$/, '');
  const open = cut.lastIndexOf('<');
  const whole = open > cut.lastIndexOf('>') && cut.length - open < 40 ? cut.slice(0, open) : cut;
  return `${whole.replace(/\\+$/, '')}…`;
}

interface Budget {
  text: number;
  components: number;
}

/** How many components one is, with those inside it. */
function weight(component: APIComponentInContainer): number {
  return component.type === 1 ? 1 + component.components.length : 1;
}

function fitOne(component: APIComponentInContainer, budget: Budget): APIComponentInContainer | undefined {
  if (weight(component) > budget.components) return undefined;
  budget.components -= weight(component);
  if (component.type !== 10) return component;
  if (budget.text < 2) return undefined;
  const content = cutMarkdown(component.content, budget.text);
  budget.text -= content.length;
  return content === component.content ? component : { ...component, content };
}

function fitContainer(container: APIContainerComponent, budget: Budget): APIContainerComponent | undefined {
  if (budget.components < 2) return undefined;
  budget.components -= 1;
  const components: APIComponentInContainer[] = [];
  for (const component of container.components) {
    const fitted = fitOne(component, budget);
    if (fitted) components.push(fitted);
  }
  return components.length > 0 ? { ...container, components } : undefined;
}

/**
 * The containers as far as one message takes them: texts are cut once 4,000 characters are used up, components past the
 * fortieth are left out. Labels, options and rows are already within their limits: the builders in `card.ts` see to it.
 */
export function fitComponents(containers: readonly APIContainerComponent[]): APIMessageTopLevelComponent[] {
  const budget: Budget = { text: maxText, components: maxComponents };
  const fitted: APIMessageTopLevelComponent[] = [];
  for (const container of containers) {
    const one = fitContainer(container, budget);
    if (one) fitted.push(one);
  }
  return fitted;
}
