/** Written by `npm run train`; what each weight is for: see `confidence.ts`. */
export const confidenceWeights = {
  aptness: [-14.616, 14.087, -0.234, 0.217, 2.87, 2.79, -0.92],
  confidence: [-0.623, 0.569, 1.746, -0.332, -3.509],
};
