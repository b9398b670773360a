/** Written by `npm run train`; what each weight is for: see `confidence.ts`. */
export const confidenceWeights = {
  aptness: [-14.59, 13.875, -0.209, 0.196, 2.477, 2.853, -0.531],
  confidence: [-0.564, 0.528, 1.64, -0.268, -2.66],
};
