import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useProblemWords } from "../problems/words";
import { textAt } from "./place";

interface ExpressionFaultProps {
  expression: string;
  fault: Schemas["ExpressionFaultView"];
  use: (suggestion: string) => void;
}

/** What is wrong with an expression, where, and how it is put right. */
export function ExpressionFault({ expression, fault, use }: ExpressionFaultProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { suggestion } = fault;
  const place = textAt(expression, fault.position);
  return (
    <div role="status">
      <FormHelperText error>
        {words({ code: "bad_expression", message: fault.message }).line}
        {place && (
          <>
            {" "}
            {t("expressions.at")} <code>{place}</code>
          </>
        )}
      </FormHelperText>
      {suggestion && (
        <Button size="small" onClick={() => use(suggestion)} sx={{ textTransform: "none", textAlign: "start" }}>
          <span>
            {t("expressions.use")} <code>{suggestion}</code>
          </span>
        </Button>
      )}
    </div>
  );
}
