import { useMutation } from "@tanstack/react-query";
import { move } from "../router";
import { useSentence } from "../workspace/ProblemAlert";
import { tell } from "../workspace/toasts";

interface SavingOptions<Stored> {
  /** Left out for one that is not kept yet. */
  stored: Stored | undefined;
  isChanged: boolean;
  make: () => Promise<Stored>;
  change: (id: string) => Promise<Stored>;
  send: (id: string) => Promise<unknown>;
  /** The address of one that is kept. */
  pathOf: (id: string) => string;
  /** What is told when it is kept, and when it is sent in. */
  told: { saved: string; sent: string };
}

/** One of the two things that can be done with what is written. */
export interface FormDoing {
  mutate: () => void;
  isPending: boolean;
}

/** Keeps what is written, and sends it in. What is kept for the first time has an address from then on. */
export function useSaving<Stored extends { id: string }>({ stored, isChanged, make, change, send, pathOf, told }: SavingOptions<Stored>) {
  const sentence = useSentence();
  const keep = async () => {
    if (stored) return isChanged ? change(stored.id) : stored;
    return make();
  };
  const show = (id: string) => !stored && move(pathOf(id));
  const saving = useMutation({
    mutationFn: keep,
    onSuccess: ({ id }) => {
      show(id);
      tell("success", told.saved);
    },
  });
  const sending = useMutation({
    mutationFn: async () => {
      const { id } = await keep();
      try {
        await send(id);
      } finally {
        show(id);
      }
    },
    onSuccess: () => tell("success", told.sent),
    onError: (error) => tell("error", sentence(error)),
  });
  return { saving, sending };
}
