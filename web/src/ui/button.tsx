import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const button = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap transition-[background-color,border-color,color,transform,opacity] duration-150 active:translate-y-px disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-[1.15em] [&_svg]:shrink-0",
  {
    variants: {
      look: {
        buy: "bg-accent text-on-accent shadow-low hover:bg-accent-strong",
        solid: "bg-ink text-canvas hover:bg-ink/85",
        outline: "border border-line-strong/60 bg-surface text-ink hover:border-ink hover:bg-sunken",
        quiet: "text-ink hover:bg-sunken",
        live: "bg-live text-on-live shadow-low hover:bg-live/90",
        danger: "border border-danger/50 text-danger hover:bg-danger/10",
        glass: "bg-black/60 text-white hover:bg-black/75",
      },
      size: {
        sm: "h-9 px-3 text-sm",
        md: "h-11 px-4 text-[0.9375rem]",
        lg: "h-13 px-6 text-base",
        icon: "size-11",
        "icon-sm": "size-9",
      },
    },
    defaultVariants: { look: "solid", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof button> & {
    /** Renders the only child (a link, say) with the button's look. */
    asChild?: boolean;
    /** Shows a spinner and takes no further clicks. */
    busy?: boolean;
  };

export function Button({ look, size, asChild, busy, className, children, disabled, ...rest }: ButtonProps) {
  if (asChild) {
    return (
      <Slot.Root className={cn(button({ look, size }), className)} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={cn(button({ look, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
