const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** Characters as the server counts them: not halves of them. */
export const lengthOf = (text: string) => [...text].length;

/** Emoji as a person counts them: with their skin tone, and with what is joined to them. */
export const emojiIn = (text: string) =>
  [...new Intl.Segmenter().segment(text)].filter(({ segment }) => EMOJI.test(segment)).length;
