import { Eye } from "lucide-react";
import { cn } from "@/ui/class-names";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function ViewerCount({ count, className }: { count: number; className?: string }) {
  return (
    <span
      aria-label={`${count} ${count === 1 ? "viewer" : "viewers"}`}
      role="img"
      className={cn(
        "inline-flex items-center gap-1.5 rounded-sm bg-black/65 px-2 py-0.5 text-xs font-semibold text-white tabular-nums",
        className,
      )}
    >
      <Eye className="size-3.5" aria-hidden /> {compact.format(count)}
    </span>
  );
}
