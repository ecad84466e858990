<?php
// Stand-ins for what the plugin calls of WordPress, then what it makes of a shortcode (JSON on stdin).
define('ABSPATH', '/');
$asked = json_decode(stream_get_contents(STDIN), true);
$enqueued = [];
function get_option($name, $default) { global $asked; return $asked['options'][$name] ?? $default; }
function untrailingslashit($text) { return rtrim($text, '/'); }
function esc_url($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_html($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
function __($text, $domain) { return $text; }
function wp_enqueue_script($handle, $address) { global $enqueued; $enqueued[] = [$handle, $address]; }
function register_setting(...$any) {}
function add_settings_field(...$any) {}
function add_shortcode($name, $function) {}
function add_filter(...$any) {}
function add_action(...$any) {}
function wp_oembed_add_provider(...$any) {}
require $argv[1];
$html = stepwise_finder($asked['given']);
foreach ($enqueued as [$handle, $address]) {
    $html .= stepwise_script_tag('', $handle, $address);
}
echo $html;
