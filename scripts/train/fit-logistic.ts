/** A case to learn from: its features, the first of them always 1, and whether it came true. */
export interface Case {
  features: readonly number[];
  isTrue: boolean;
}

/** In the unit of the features; keeps weights small that little speaks for. */
const ridge = 0.5;
const mostSteps = 30;

/** The weights of a logistic regression over a few dense features, by Newton's method. */
export function fitLogistic(cases: readonly Case[]): number[] {
  const size = cases[0]?.features.length ?? 0;
  let weights = Array.from({ length: size }, () => 0);
  for (let step = 0; step < mostSteps; step += 1) {
    const slope = weights.map((weight, index) => (index === 0 ? 0 : -ridge * weight));
    const curvature = weights.map((_, row) =>
      weights.map((_, column): number => (row === column && row > 0 ? ridge : 0)),
    );
    for (const { features, isTrue } of cases) {
      const chance = chanceOf(features, weights);
      features.forEach((feature, row) => {
        slope[row] = (slope[row] ?? 0) + (Number(isTrue) - chance) * feature;
        const line = curvature[row] ?? [];
        features.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + chance * (1 - chance) * feature * other;
        });
      });
    }
    const change = solve(curvature, slope);
    weights = weights.map((weight, index) => weight + (change[index] ?? 0));
    if (Math.max(...change.map(Math.abs)) < 1e-6) break;
  }
  return weights;
}

export function chanceOf(features: readonly number[], weights: readonly number[]): number {
  const odds = features.reduce((sum, feature, index) => sum + feature * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-odds));
}

/** The solution of a small system of linear equations, by Gauss–Jordan elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      pivot.forEach((value, index) => {
        row[index] = (row[index] ?? 0) - factor * value;
      });
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}
