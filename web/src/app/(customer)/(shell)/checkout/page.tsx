import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { CheckoutView } from "@/features/checkout/checkout-view";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Checkout" };

export default function CheckoutPage() {
  return (
    <Page narrow>
      <PageHeader title="Checkout" />
      <RequireRole roles={["customer"]}>
        <CheckoutView />
      </RequireRole>
    </Page>
  );
}
