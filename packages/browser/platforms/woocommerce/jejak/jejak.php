<?php
/**
 * Plugin Name: Jejak for WooCommerce
 * Description: A recipe: the script tag, and what happens in the shop. Put jejak.js (packages/browser/dist) beside this file.
 * Requires Plugins: woocommerce
 * License: Apache-2.0
 */

namespace Jejak\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Where the collector is. A path of the shop's own site is blocked least. */
const ENDPOINT = 'https://events.toko.example/e';

/** `pending` where a banner asks first, and calls jejak('setConsent', …). */
const CONSENT = 'granted';

add_action( 'wp_head', __NAMESPACE__ . '\print_script_tag', 1 );
add_action( 'wp_footer', __NAMESPACE__ . '\track_page' );
add_action( 'woocommerce_thankyou', __NAMESPACE__ . '\track_purchase' );
add_action( 'woocommerce_add_to_cart', __NAMESPACE__ . '\remember_added', 10, 4 );
add_action( 'woocommerce_cart_item_removed', __NAMESPACE__ . '\remember_removed', 10, 2 );
add_action( 'wc_ajax_jejak_pending', __NAMESPACE__ . '\hand_over_pending' );
add_action( 'woocommerce_checkout_create_order', __NAMESPACE__ . '\note_visitor' );
add_action( 'woocommerce_store_api_checkout_update_order_meta', __NAMESPACE__ . '\note_visitor_of_block_checkout' );

function print_script_tag() {
	$folder = plugins_url( '', __FILE__ );
	?>
	<script>
		window.jejak = window.jejak || function () { ( jejak.q = jejak.q || [] ).push( arguments ) }
		window.jejakPending = <?php echo wp_json_encode( \WC_AJAX::get_endpoint( 'jejak_pending' ), JSON_HEX_TAG ); ?>
	</script>
	<script async src="<?php echo esc_url( "$folder/jejak.js" ); ?>" data-endpoint="<?php echo esc_url( ENDPOINT ); ?>" data-consent="<?php echo esc_attr( CONSENT ); ?>" data-page-type="<?php echo esc_attr( page_type() ); ?>"></script>
	<script defer src="<?php echo esc_url( "$folder/cart.js" ); ?>"></script>
	<?php
}

function page_type() {
	if ( is_order_received_page() ) return 'confirmation';
	if ( is_checkout() ) return 'checkout';
	if ( is_cart() ) return 'cart';
	if ( is_search() ) return 'search';
	if ( is_product() ) return 'product';
	if ( is_shop() || is_product_taxonomy() ) return 'list';
	if ( is_account_page() ) return 'account';
	return is_front_page() ? 'home' : '';
}

/** What a page shows. A product page may be cached: what is said of it is the same for everybody. */
function track_page() {
	if ( is_product() ) {
		$product = wc_get_product( get_queried_object_id() );
		if ( $product ) track( 'view_item', of_product( $product, 1 ) );
	} elseif ( is_cart() ) {
		track( 'view_cart', of_cart() );
	} elseif ( is_checkout() && ! is_wc_endpoint_url() ) {
		track( 'begin_checkout', of_cart() );
	}
}

/** Told again when the page is loaded again: the collector stores an order once. */
function track_purchase( $order_id ) {
	$order = wc_get_order( $order_id );
	// One that is still to be paid, as by a transfer, is told by the webhook when it is.
	if ( ! $order || ! $order->is_paid() ) return;

	$items = array();
	foreach ( $order->get_items() as $line ) {
		$product = $line->get_product();
		$items[] = array(
			'item_id'   => ( $product ? $product->get_sku() : '' ) ?: (string) $line->get_product_id(),
			'item_name' => $line->get_name(),
			'price'     => (float) $order->get_item_total( $line ),
			'quantity'  => $line->get_quantity(),
		);
	}
	$purchase = array(
		// The same as in the webhook: whoever tells first, it is one order.
		'transaction_id' => (string) $order->get_id(),
		'value'          => (float) $order->get_total(),
		'tax'            => (float) $order->get_total_tax(),
		'shipping'       => (float) $order->get_shipping_total(),
		'currency'       => $order->get_currency(),
		'items'          => $items,
	);
	$coupons = $order->get_coupon_codes();
	if ( $coupons ) $purchase['coupon'] = $coupons[0];
	track( 'purchase', $purchase );
}

function remember_added( $cart_item_key, $product_id, $quantity, $variation_id ) {
	remember( 'add_to_cart', wc_get_product( $variation_id ?: $product_id ), $quantity );
}

function remember_removed( $cart_item_key, $cart ) {
	$line = $cart->removed_cart_contents[ $cart_item_key ] ?? null;
	if ( $line ) remember( 'remove_from_cart', wc_get_product( $line['variation_id'] ?: $line['product_id'] ), $line['quantity'] );
}

/**
 * What happened to the cart stands in the session until the browser asks for it, by cart.js: whether a form, a link,
 * AJAX or a block has done it, and whatever of the page is cached.
 */
function remember( $name, $product, $quantity ) {
	if ( ! $product || ! WC()->session ) return;
	$pending   = WC()->session->get( 'jejak_pending', array() );
	$pending[] = array( $name, of_product( $product, $quantity ) );
	WC()->session->set( 'jejak_pending', array_slice( $pending, -20 ) );
	if ( ! headers_sent() ) wc_setcookie( 'jejak_pending', '1' );
}

function hand_over_pending() {
	$pending = WC()->session->get( 'jejak_pending', array() );
	WC()->session->set( 'jejak_pending', array() );
	wc_setcookie( 'jejak_pending', '', time() - HOUR_IN_SECONDS );
	wp_send_json( $pending );
}

/** The order says which visitor it is of, for the webhook. */
function note_visitor( $order ) {
	$visitor = sanitize_text_field( wp_unslash( $_COOKIE['jejak_visitor'] ?? '' ) );
	if ( preg_match( '/^[\w-]{1,100}$/', $visitor ) ) $order->update_meta_data( '_jejak_visitor', $visitor );
}

function note_visitor_of_block_checkout( $order ) {
	note_visitor( $order );
	$order->save();
}

function of_product( $product, $quantity ) {
	$price = (float) wc_get_price_to_display( $product );
	return array(
		'currency' => get_woocommerce_currency(),
		'value'    => $price * $quantity,
		'items'    => array( item_of( $product, $quantity ) ),
	);
}

function of_cart() {
	$items = array();
	foreach ( WC()->cart->get_cart() as $line ) $items[] = item_of( $line['data'], $line['quantity'] );
	return array(
		'currency' => get_woocommerce_currency(),
		'value'    => (float) WC()->cart->get_cart_contents_total(),
		'items'    => $items,
	);
}

/** Numbered as in the webhook: by SKU, or else by the product. */
function item_of( $product, $quantity ) {
	return array(
		'item_id'   => $product->get_sku() ?: (string) ( $product->get_parent_id() ?: $product->get_id() ),
		'item_name' => $product->get_name(),
		'price'     => (float) wc_get_price_to_display( $product ),
		'quantity'  => $quantity,
	);
}

function track( $name, $properties ) {
	$details = wp_json_encode( $properties, JSON_HEX_TAG | JSON_HEX_AMP );
	wp_print_inline_script_tag( "jejak('track', '$name', $details)" );
}
