<?php

declare(strict_types=1);

namespace Jejak\Shop\ViewModel;

use Magento\Catalog\Helper\Data as CatalogData;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Store\Model\StoreManagerInterface;

/** What may stand in a cached page. */
class Catalog implements ArgumentInterface
{
    public function __construct(
        private readonly CatalogData $catalog,
        private readonly StoreManagerInterface $stores,
    ) {
    }

    public function currency(): string
    {
        return (string) $this->stores->getStore()->getCurrentCurrency()->getCode();
    }

    /** @return array{string, array<string, mixed>}|null */
    public function viewItem(): ?array
    {
        $product = $this->catalog->getProduct();
        if (!$product) {
            return null;
        }
        $price = (float) $product->getPriceInfo()->getPrice('final_price')->getAmount()->getValue();
        $item = ['item_id' => $product->getSku(), 'item_name' => $product->getName(), 'price' => $price, 'quantity' => 1];
        return ['view_item', ['currency' => $this->currency(), 'value' => $price, 'items' => [$item]]];
    }
}
