import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";
import prettier from "eslint-config-prettier";

// Import direction: app -> features -> ui and lib; a feature never reaches into another one.
const forbid = (...group) => ({
  "no-restricted-imports": [
    "error",
    { patterns: [{ group, message: "Imports go app -> features -> ui, lib." }] },
  ],
});
const features = [
  "identity",
  "catalog",
  "live",
  "checkout",
  "ledger",
  "delivery",
  "notify",
  "payouts",
  "analytics",
  "operations",
];

const config = [
  { ignores: [".next/**", "public/**", "src/generated/**", "next-env.d.ts"] },
  ...next,
  ...typescript,
  prettier,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // Pictures come from the server's own media route, already sized.
      "@next/next/no-img-element": "off",
    },
  },
  { files: ["src/lib/**"], rules: forbid("@/app/*", "@/features/*", "@/ui/*", "../../*") },
  // How a query stands is shown with the sentence that the API's problem has.
  {
    files: ["src/ui/**"],
    ignores: ["src/ui/loaded.tsx"],
    rules: forbid("@/app/*", "@/features/*", "@/lib/*", "../../*"),
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: forbid(
      "@/app/*",
      "../*",
      ...features.filter((other) => other !== feature).map((other) => `@/features/${other}/*`),
    ),
  })),
];

export default config;
