<?php

declare(strict_types=1);

namespace Jejak\Shop\ViewModel;

use Magento\Checkout\Model\Session;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** What only pages may say that are never cached: the cart, the checkout and the page after it. */
class Checkout implements ArgumentInterface
{
    public function __construct(private readonly Session $session)
    {
    }

    /** @return array{string, array<string, mixed>} */
    public function viewCart(): array
    {
        return ['view_cart', $this->ofQuote()];
    }

    /** @return array{string, array<string, mixed>} */
    public function beginCheckout(): array
    {
        return ['begin_checkout', $this->ofQuote()];
    }

    /**
     * Told again when the page is loaded again: the collector stores an order once.
     *
     * @return array{string, array<string, mixed>}|null
     */
    public function purchase(): ?array
    {
        $order = $this->session->getLastRealOrder();
        if (!$order->getIncrementId()) {
            return null;
        }
        $items = [];
        foreach ($order->getAllVisibleItems() as $line) {
            $items[] = $this->item($line, (float) $line->getQtyOrdered());
        }
        $purchase = [
            'transaction_id' => (string) $order->getIncrementId(),
            'currency' => $order->getOrderCurrencyCode(),
            'value' => (float) $order->getGrandTotal(),
            'tax' => (float) $order->getTaxAmount(),
            'shipping' => (float) $order->getShippingAmount(),
            'items' => $items,
        ];
        if ($order->getCouponCode()) {
            $purchase['coupon'] = $order->getCouponCode();
        }
        return ['purchase', $purchase];
    }

    /** @return array<string, mixed> */
    private function ofQuote(): array
    {
        $quote = $this->session->getQuote();
        $items = [];
        foreach ($quote->getAllVisibleItems() as $line) {
            $items[] = $this->item($line, (float) $line->getQty());
        }
        return [
            'currency' => $quote->getQuoteCurrencyCode(),
            'value' => (float) $quote->getSubtotalWithDiscount(),
            'items' => $items,
        ];
    }

    /** @return array<string, mixed> */
    private function item(object $line, float $quantity): array
    {
        return [
            'item_id' => $line->getSku(),
            'item_name' => $line->getName(),
            'price' => (float) $line->getPrice(),
            'quantity' => $quantity,
        ];
    }
}
