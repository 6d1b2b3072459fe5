import { cn } from "./class-names";

const formats = new Map<string, Intl.NumberFormat>();

function format_of(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: "currency", currency });
    formats.set(key, format);
  }
  return format;
}

/** How many decimals the currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minor_digits(currency: string): number {
  return format_of(currency, "en").resolvedOptions().maximumFractionDigits ?? 2;
}

/** "€12.50" of 1250 minor units. */
export function format_money(amount_minor: number, currency: string, locale = "en"): string {
  return format_of(currency, locale).format(amount_minor / 10 ** minor_digits(currency));
}

/** Minor units of what a person typed ("12,50" or "12.5"); null if it is not an amount of this currency. */
export function parse_money(typed: string, currency: string): number | null {
  const digits = minor_digits(currency);
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(typed.trim());
  if (!match) return null;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return null;
  return Number(match[1] + fraction.padEnd(digits, "0"));
}

/** "12.50" of 1250 minor units: how a form shows an amount to be edited. */
export function format_minor(amount_minor: number, currency: string): string {
  const digits = minor_digits(currency);
  return (amount_minor / 10 ** digits).toFixed(digits);
}

type MoneyProps = { amount_minor: number; currency: string; className?: string };

export function Money({ amount_minor, currency, className }: MoneyProps) {
  return <span className={cn("tabular-nums", className)}>{format_money(amount_minor, currency)}</span>;
}

type PriceTagProps = MoneyProps & {
  compare_at_minor?: number | null;
  sold_out?: boolean;
  /** "from" before the lowest of several prices. */
  from?: boolean;
};

/** A price as the shop's hang tag; grey when nothing is left. */
export function PriceTag({
  amount_minor,
  currency,
  compare_at_minor,
  sold_out,
  from,
  className,
}: PriceTagProps) {
  const struck = compare_at_minor != null && compare_at_minor > amount_minor;
  return (
    <span
      className={cn("price-tag", className)}
      style={sold_out ? { "--tag-colour": "var(--line)", color: "var(--ink-muted)" } : undefined}
    >
      {sold_out ? (
        "Sold out"
      ) : (
        <>
          {from && <span className="text-[0.7em] font-semibold">from</span>}
          {format_money(amount_minor, currency)}
          {struck && (
            <s className="text-[0.75em] font-medium opacity-70">
              <span className="sr-only">instead of </span>
              {format_money(compare_at_minor, currency)}
            </s>
          )}
        </>
      )}
    </span>
  );
}
