/** The settings of a field's type, edited by an administrator: `<type>/Config.tsx`, default export. */
export interface ConfigProps {
  objectKey: string;
  config: Record<string, unknown>;
  onChange: (config: Record<string, unknown>) => void;
  /** By setting; `config` for the whole. */
  errors: Record<string, string>;
}
