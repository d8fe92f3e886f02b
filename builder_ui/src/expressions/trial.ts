import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { useSettled } from "../workspace/useSettled";

export type TriedExpression = Schemas["TriedExpressionView"];
type Values = Readonly<Record<string, string>>;

const TYPING_MS = 300;

/** What the engine makes of an expression and values (CN-3); undefined until it has answered about what is there now. */
export function useExpressionTrial(expression: string, values: Values): TriedExpression | undefined {
  const asked = useSettled(JSON.stringify({ expression, values }), TYPING_MS);
  const tried = useQuery({
    queryKey: ["expression", asked],
    queryFn: () => answer(api.POST("/api/v1/expressions/trial", { body: JSON.parse(asked) as { expression: string; values: Values } })),
    enabled: expression.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
  return expression.trim() === "" ? undefined : tried.data;
}
