import { useTranslation } from "react-i18next";
import { type Field, withField } from "./field";

interface FieldListProps<Thing extends object> {
  fields: Readonly<Record<string, Field>>;
  thing: Thing;
  change: (some: (thing: Thing) => Thing) => void;
  /** The rare ones, or those that everybody needs. */
  rare?: boolean;
}

/** The fields of an object, as its descriptor has them. */
export function FieldList<Thing extends object>({ fields, thing, change, rare = false }: FieldListProps<Thing>) {
  const { t } = useTranslation();
  return Object.entries(fields)
    .filter(([, { isRare = false }]) => isRare === rare)
    .map(([name, { label, help, Input }]) => (
      <Input
        key={name}
        name={name}
        label={t(label)}
        help={help && t(help)}
        thing={thing}
        value={(thing as Record<string, unknown>)[name]}
        set={(value, of = name) => change((one) => withField(one, of, value))}
      />
    ));
}
