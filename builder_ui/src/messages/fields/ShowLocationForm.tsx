import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "./Choice";
import { Fields, type ObjectFieldsProps } from "./ObjectFields";

const BY = { coordinates: ["query"], query: ["latitude", "longitude"] } as const;
type By = keyof typeof BY;

/** A place by its coordinates, or by what to search for on the map. */
export function ShowLocationForm({ name, value, change }: ObjectFieldsProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<By | null>(null);
  const by: By = "query" in value ? "query" : "latitude" in value || "longitude" in value ? "coordinates" : (chosen ?? "query");
  const choose = (next: string) => {
    setChosen(next as By);
    change(Object.fromEntries(Object.entries(value).filter(([field]) => !(BY[next as By] as readonly string[]).includes(field))));
  };
  const options = (["query", "coordinates"] as const).map((one) => ({ value: one, label: t(`messages.place_by.${one}`) }));
  return (
    <>
      <Choice label={t("messages.place")} field={null} value={by} options={options} choose={choose} />
      <Fields name={name} value={value} change={change} without={BY[by]} />
    </>
  );
}
