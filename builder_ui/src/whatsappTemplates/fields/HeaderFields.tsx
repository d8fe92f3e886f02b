import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { type Component, type Header, HEADER_FORMATS, type HeaderFormat, indexOf, partOf, withoutPart, withPart } from "../model/components";
import { type Place, pointerOf } from "../model/place";
import { Choice } from "./Choice";
import { PlaceField } from "./PlaceField";
import { TextWithVariables } from "./TextWithVariables";

interface HeaderFieldsProps {
  /** The components that the header is of, and where they stand. */
  components: Component[];
  place: Place;
  formats?: readonly HeaderFormat[];
  /** Whether there may be none. */
  isOptional?: boolean;
}

/** What stands above the text: nothing, a line, media with a sample, or a place. */
export function HeaderFields({ components, place, formats = HEADER_FORMATS, isOptional = true }: HeaderFieldsProps) {
  const { t } = useTranslation();
  const { set, problemAt } = useEditing();
  const header = partOf(components, "HEADER");
  const at: Place = [...place, indexOf(components, "HEADER")];
  const choose = (format: HeaderFormat | "NONE") =>
    set(place, format === "NONE" ? withoutPart(components, "HEADER") : withPart(components, format === "TEXT" ? { type: "HEADER", format, text: "" } : { type: "HEADER", format }));
  const choices = [...(isOptional ? (["NONE"] as const) : []), ...formats, ...(header && !formats.includes(header.format) ? [header.format] : [])];
  const problem = problemAt([...at, "format"]);
  return (
    <>
      <Choice
        id={pointerOf([...at, "format"])}
        label={t("whatsapp_templates.header_format")}
        value={header?.format ?? "NONE"}
        options={choices.map((value) => ({ value, label: t(`whatsapp_templates.formats.${value}`, { defaultValue: value }) }))}
        choose={choose}
        help={problem}
        error={problem !== undefined}
      />
      {header && <Inside header={header} at={at} />}
    </>
  );
}

function Inside({ header, at }: { header: Header; at: Place }) {
  const { t } = useTranslation();
  const { limits } = useEditing();
  if (header.format === "LOCATION") return null;
  if (header.format === "TEXT")
    return (
      <TextWithVariables place={[...at, "text"]} samples={[...at, "example", "header_text"]} label={t("whatsapp_templates.header_text")} most={limits.header} variables={1} />
    );
  return <MediaSample at={at} />;
}

/** The server says what is missing at the list of handles, of which there is one here. */
function MediaSample({ at }: { at: Place }) {
  const { t } = useTranslation();
  const { set, problemAt } = useEditing();
  const list: Place = [...at, "example", "header_handle"];
  const problem = problemAt(list);
  const write = (handle: string) => set([...at, "example"], handle ? { header_handle: [handle] } : undefined);
  return (
    <PlaceField
      place={[...list, 0]}
      label={t("whatsapp_templates.media_sample")}
      help={problem ?? t("whatsapp_templates.media_sample_help")}
      error={problem !== undefined}
      write={write}
    />
  );
}
