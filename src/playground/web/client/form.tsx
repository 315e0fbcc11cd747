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

/** By what its value is sent. */
const keyOf = (field: Component): string => field.custom_id ?? '';

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

/** What stands in the form, and what is wrong with it once it has been tried to send it. */
function useFilling({ form }: FormProps, shut: () => void) {
  const { t, act } = useScene();
  const [values, setValues] = useState<Readonly<Record<string, Value>>>({});
  const [files, setFiles] = useState<ReadonlyMap<string, readonly File[]>>(new Map());
  const [problem, setProblem] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const parts = fieldsOf(form.modal);
  const fields = parts.flatMap((part) => ('field' in part ? [part.field] : []));
  const given = (field: Component) => values[keyOf(field)] ?? preset(field);
  const send = async () => {
    setTried(true);
    const missing = fields.find((field) => isMissing(field, given(field)));
    if (missing) return document.getElementById(fieldId(missing))?.focus();
    setBusy(true);
    setProblem('');
    const filled = fields.map((field) => [keyOf(field), given(field)] as const);
    const sent = Object.fromEntries(filled.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
    const result = await act({ kind: 'modal', interactionId: form.interactionId, values: sent }, files);
    setBusy(false);
    if (result.ok) shut();
    else setProblem(result.why === 'refused' ? result.text : t('form_failed'));
  };
  return {
    parts,
    problem,
    busy,
    send,
    given,
    isFoundMissing: (field: Component) => tried && isMissing(field, given(field)),
    set: (field: Component, value: Value) => setValues({ ...values, [keyOf(field)]: value }),
    attach: (field: Component, list: readonly File[]) => setFiles(new Map(files).set(keyOf(field), list)),
  };
}

export function Form(props: FormProps): JSX.Element {
  const { form, whose, close } = props;
  const { t } = useScene();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // Closed by itself, it gives the focus back to where it was.
  const shut = () => dialog.current?.close();
  const { parts, problem, busy, send, given, isFoundMissing, set, attach } = useFilling(props, shut);
  return (
    <dialog ref={dialog} class="form" aria-label={form.modal.title} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
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
              missing={isFoundMissing(part.field)}
              set={(value) => set(part.field, value)}
              attach={(list) => attach(part.field, list)}
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

interface InputProps extends FieldProps {
  readonly id: string;
}

function Input(props: InputProps): JSX.Element {
  const { field, id, value, set, attach } = props;
  switch (field.type) {
    case ComponentType.textInput:
      return <TextInput {...props} />;
    case ComponentType.fileUpload:
      return (
        <input
          id={id}
          type="file"
          required={field.required !== false}
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
    default:
      return <PickInput {...props} />;
  }
}

function TextInput({ field, id, value, set }: InputProps): JSX.Element {
  const shared = {
    id,
    required: field.required !== false,
    value: String(value ?? ''),
    placeholder: field.placeholder ?? '',
    maxLength: field.max_length ?? 4000,
    minLength: field.min_length ?? 0,
    onInput: ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => set(currentTarget.value),
  };
  return field.style === paragraph ? <textarea rows={4} {...shared} /> : <input type="text" {...shared} />;
}

function PickInput({ field, id, value, set, label }: InputProps): JSX.Element {
  const scene = useScene();
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
