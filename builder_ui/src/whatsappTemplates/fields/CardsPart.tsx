import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { type Card, type HeaderFormat, indexOf, partOf } from "../model/components";
import { buttonTypesOf, newCard } from "../model/kinds";
import type { Place } from "../model/place";
import { BodyField } from "./BodyField";
import { ButtonList } from "./ButtonList";
import { Counter } from "../../limits/Counter";
import { HeaderFields } from "./HeaderFields";
import { ItemFrame } from "./ItemFrame";
import { Part } from "../../checkedForm/Part";

const FORMATS: readonly HeaderFormat[] = ["IMAGE", "VIDEO", "DOCUMENT"];

/** The cards of a carousel. A new one has media as the last. */
export function CardsPart() {
  const { t } = useTranslation();
  const { draft, limits, isLocked, set } = useEditing();
  const at: Place = ["components", indexOf(draft.components, "CAROUSEL"), "cards"];
  const cards = partOf(draft.components, "CAROUSEL")?.cards ?? [];
  const change = (next: Card[]) => set(at, next);
  const format = partOf(cards.at(-1)?.components ?? [], "HEADER")?.format;
  const add = () => change([...cards, newCard(format as "IMAGE" | undefined)]);
  return (
    <Part
      title={t("whatsapp_templates.cards")}
      help={t("whatsapp_templates.cards_help", { least: limits.cards_least, most: limits.cards, replies: limits.card_replies, urls: limits.card_urls })}
      aside={<Counter count={cards.length} most={limits.cards} />}
    >
      <Stack component="ol" sx={{ gap: 2 }}>
        {cards.map((card, index) => (
          <ItemFrame key={index} name={t("whatsapp_templates.card_of", { number: index + 1 })} items={cards} index={index} change={change}>
            <CardFields card={card} place={[...at, index, "components"]} />
          </ItemFrame>
        ))}
      </Stack>
      {!isLocked && cards.length < limits.cards && (
        <Button startIcon={<Add />} onClick={add} sx={{ alignSelf: "flex-start" }}>
          {t("whatsapp_templates.add_card")}
        </Button>
      )}
    </Part>
  );
}

function CardFields({ card, place }: { card: Card; place: Place }) {
  return (
    <>
      <HeaderFields components={card.components} place={place} formats={FORMATS} isOptional={false} />
      <BodyField place={[...place, indexOf(card.components, "BODY")]} />
      <ButtonList components={card.components} place={place} types={buttonTypesOf("card")} />
    </>
  );
}
