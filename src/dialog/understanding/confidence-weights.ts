/** Written by `npm run train`; what each weight is for: see `confidence.ts`. */
export const confidenceWeights = {
  aptness: [-15.585, 15.04, -0.243, 0.214, 3.673, 2.808, -1.049],
  confidence: [-0.764, 0.555, 1.861, -0.311, -3.862],
};
