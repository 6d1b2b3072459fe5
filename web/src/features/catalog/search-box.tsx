"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Input } from "@/ui/field";

export function SearchBox({ initial = "" }: { initial?: string }) {
  const [text, set_text] = useState(initial);
  const router = useRouter();
  return (
    <form
      role="search"
      className="relative max-w-md"
      onSubmit={(event) => {
        event.preventDefault();
        router.push(`/search?q=${encodeURIComponent(text.trim())}`);
      }}
    >
      <Search className="absolute inset-y-0 left-3.5 my-auto size-4 text-ink-muted" aria-hidden />
      <Input
        type="search"
        aria-label="Search products"
        placeholder="Search products"
        maxLength={200}
        value={text}
        onChange={(event) => set_text(event.target.value)}
        className="h-10 rounded-full bg-sunken pl-10"
      />
    </form>
  );
}
