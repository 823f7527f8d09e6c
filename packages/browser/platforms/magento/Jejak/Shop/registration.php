<?php
// A recipe: copy this folder to app/code/Jejak/Shop, and packages/browser/dist/jejak.js to view/frontend/web.
use Magento\Framework\Component\ComponentRegistrar;

ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Jejak_Shop', __DIR__);
