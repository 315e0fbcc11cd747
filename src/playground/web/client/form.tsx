// A form the bot has opened: filled in, checked and sent.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Component, ComponentType, type Modal } from '../../local-discord/types.ts';
import { offered } from './components.tsx';
import { Markdown } from './marks.tsx';
import { Picker } from './picker.tsx';
import { useScene } from './scene.ts';

export interface OpenForm {
  readonly interactionId: string;
  readonly modal: Modal;
}

type Value = string | boolean | readonly string[];

interface Field {
  readonly field: Component;
  readonly label: string;
  readonly description?: string | undefined;
}

const paragraph = 2;

function fieldsOf({ components }: Modal): readonly (Field | { readonly text: string })[] {
  return components.flatMap((component): (Field | { text: string })[] => {
    if (component.type === ComponentType.textDisplay) return [{ text: component.content ?? '' }];
    if (component.component) {
      const { label, description, component: field } = component;
      return [{ field, label: label ?? '', description: description ?? undefined }];
    }
    return (component.components ?? []).map((field) => ({ field, label: field.label ?? '' }));
  });
}

/** What stands in a field before anybody touches it. */
function preset(field: Component): Value | undefined {
  if (field.type === ComponentType.textInput) return field.value ?? '';
  if (field.type === ComponentType.checkbox) return field.default === true;
  const chosen = (field.options ?? []).filter((option) => option.default === true).map(({ value }) => value);
  return chosen.length > 0 ? chosen : undefined;
}

/** What the browser itself asks for, and what may be left as it is. */
const askedFor: readonly number[] = [ComponentType.textInput, ComponentType.fileUpload, ComponentType.checkbox];

/** Whether something must still be picked. */
function isMissing(field: Component, value: Value | undefined): boolean {
  if (askedFor.includes(field.type) || field.required === false) return false;
  return !Array.isArray(value) || value.length < (field.min_values ?? 1);
}

interface FormProps {
  readonly form: OpenForm;
  /** Who fills it in, in words: it may stand over another person's Discord as well. */
  readonly whose: string;
  readonly close: () => void;
}

export function Form({ form, whose, close }: FormProps): JSX.Element {
  const { t, act } = useScene();
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Readonly<Record<string, Value>>>({});
  const [files, setFiles] = useState<ReadonlyMap<string, readonly File[]>>(new Map());
  const [problem, setProblem] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const parts = fieldsOf(form.modal);
  useEffect(() => dialog.current?.showModal(), []);
  // Closed by itself, it gives the focus back to where it was.
  const shut = () => dialog.current?.close();
  const given = (field: Component) => values[field.custom_id ?? ''] ?? preset(field);
  const send = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const missing = parts.find((part) => 'field' in part && isMissing(part.field, given(part.field)));
    if (missing && 'field' in missing) return document.getElementById(fieldId(missing.field))?.focus();
    setBusy(true);
    setProblem('');
    const sent = Object.fromEntries(
      parts.flatMap((part) => {
        const value = 'field' in part ? given(part.field) : undefined;
        return 'field' in part && value !== undefined ? [[part.field.custom_id ?? '', value]] : [];
      }),
    );
    const result = await act({ kind: 'modal', interactionId: form.interactionId, values: sent }, files);
    setBusy(false);
    if (result.ok) shut();
    else setProblem(result.why === 'refused' ? result.text : t('form_failed'));
  };
  return (
    <dialog ref={dialog} class="form" aria-label={form.modal.title} onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <h2>{form.modal.title}</h2>
        <p class="hint">{whose}</p>
        {parts.map((part) =>
          'text' in part ? (
            <Markdown key={part.text} text={part.text} />
          ) : (
            <FieldBox
              key={part.field.custom_id}
              {...part}
              value={given(part.field)}
              missing={tried && isMissing(part.field, given(part.field))}
              set={(value) => setValues({ ...values, [part.field.custom_id ?? '']: value })}
              attach={(list) => setFiles(new Map(files).set(part.field.custom_id ?? '', list))}
            />
          ),
        )}
        {problem && (
          <p class="failed" role="alert">
            {problem}
          </p>
        )}
        <footer>
          <button type="button" class="button secondary" onClick={shut}>
            {t('cancel')}
          </button>
          <button type="submit" class="button primary" disabled={busy}>
            {t('submit')}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

interface FieldProps extends Field {
  readonly value: Value | undefined;
  readonly missing: boolean;
  readonly set: (value: Value) => void;
  readonly attach: (files: readonly File[]) => void;
}

const fieldId = (field: Component): string => `field-${field.custom_id}`;

function FieldBox(props: FieldProps): JSX.Element {
  const { t } = useScene();
  const { field, label, description, missing } = props;
  const needed = field.required !== false && field.type !== ComponentType.checkbox;
  const id = fieldId(field);
  return (
    <div class="form-field">
      <label for={id}>
        {label}
        {needed && <span class="needed"> *</span>}
      </label>
      {description && <small>{description}</small>}
      <Input {...props} id={id} />
      {missing && (
        <small class="failed" role="alert">
          {t('problem_needed')}
        </small>
      )}
    </div>
  );
}

function Input(props: FieldProps & { readonly id: string }): JSX.Element {
  const { field, id, value, set, attach, label } = props;
  const scene = useScene();
  const required = field.required !== false;
  switch (field.type) {
    case ComponentType.textInput: {
      const shared = {
        id,
        required,
        value: String(value ?? ''),
        placeholder: field.placeholder ?? '',
        maxLength: field.max_length ?? 4000,
        minLength: field.min_length ?? 0,
        onInput: ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
          set(currentTarget.value),
      };
      return field.style === paragraph ? <textarea rows={4} {...shared} /> : <input type="text" {...shared} />;
    }
    case ComponentType.fileUpload:
      return (
        <input
          id={id}
          type="file"
          required={required}
          multiple={(field.max_values ?? 1) > 1}
          onChange={({ currentTarget }) => attach([...(currentTarget.files ?? [])])}
        />
      );
    case ComponentType.checkbox:
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => set(currentTarget.checked)}
        />
      );
    default: {
      const many = field.type === ComponentType.checkboxGroup ? (field.options?.length ?? 1) : 1;
      return (
        <Picker
          id={id}
          label={label}
          placeholder={field.placeholder || scene.t('select_something')}
          options={offered(field, scene)}
          picked={Array.isArray(value) ? value : []}
          max={field.max_values ?? many}
          onPick={set}
        />
      );
    }
  }
}
