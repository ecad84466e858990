<?php
/**
 * Plugin Name: Stepwise Finder
 * Description: Visitors find intensive outpatient programs that fit their week. Shortcode: [stepwise_finder].
 * Version: 1.0.0
 * Requires at least: 5.7
 * Requires PHP: 7.4
 * License: Apache-2.0
 */

if (!defined('ABSPATH')) {
    exit;
}

const STEPWISE_VERSION = '1.0.0';
const STEPWISE_INTEGRITY = 'sha384-tlnlSrjPd49MsOeQqvw/hMAlNP5fWLJ+t+SeoFyKu8FmGS3T65l0RDg88y6qH97G';
const STEPWISE_WISHES = ['lang', 'scheme', 'accent', 'accent-dark', 'radius', 'place', 'within', 'focus', 'payer',
    'services', 'populations', 'languages', 'count', 'examples', 'label'];
const STEPWISE_SANDBOX = 'allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts';

/** Where the finder is, without a slash at its end; '' until somebody has set it. */
function stepwise_home(): string
{
    $home = untrailingslashit(trim((string) get_option('stepwise_home', '')));
    return preg_match('~^https://[^\s/?#]+(/[^\s?#]*)?$~', $home) ? $home : '';
}

/** [stepwise_finder key="pk_..." place="91101" script="no"]: the element around a link; or the bare frame. */
function stepwise_finder($given): string
{
    $given = array_change_key_case((array) $given);
    $home = stepwise_home();
    $key = (string) ($given['key'] ?? get_option('stepwise_key', ''));
    if ($home === '') {
        return '';
    }
    $words = (string) ($given['link'] ?? __('Find an intensive outpatient program', 'stepwise-finder'));
    $link = sprintf('<a href="%s" referrerpolicy="no-referrer">%s</a>', esc_url($home . '/'), esc_html($words));
    if (!preg_match('/^pk_[0-9a-f]{20}$/', $key)) {
        return $link;
    }
    // WordPress writes accent_dark where a shortcode cannot hold a dash.
    if (isset($given['accent_dark'])) {
        $given['accent-dark'] = $given['accent_dark'];
    }
    $wishes = array_intersect_key($given, array_flip(STEPWISE_WISHES));
    return ($given['script'] ?? 'yes') === 'no'
        ? stepwise_frame($home, $key, $wishes, $words)
        : stepwise_element($key, $wishes, $link);
}

/** The element: its link stays until the finder has said that it is there. */
function stepwise_element(string $key, array $wishes, string $link): string
{
    wp_enqueue_script('stepwise-finder', stepwise_home() . '/widget/v' . STEPWISE_VERSION . '.js', [], null, true);
    $said = '';
    foreach ($wishes as $name => $text) {
        $said .= sprintf(' %s="%s"', $name, esc_attr($text));
    }
    return sprintf('<iop-finder key="%s"%s>%s</iop-finder>', esc_attr($key), $said, $link);
}

/** The bare frame, for sites that allow no scripts. */
function stepwise_frame(string $home, string $key, array $wishes, string $words): string
{
    $spanish = strpos((string) ($wishes['lang'] ?? ''), 'es') === 0 ? '/es' : '';
    unset($wishes['lang'], $wishes['label']);
    $asked = $wishes ? '?' . http_build_query($wishes) : '';
    return sprintf(
        '<iframe src="%s" title="%s" width="100%%" height="700" loading="lazy" referrerpolicy="no-referrer" sandbox="%s"></iframe>',
        esc_url($home . $spanish . '/widget/' . $key . $asked),
        esc_attr($words),
        STEPWISE_SANDBOX
    );
}

/** The script is a module, holds its checksum, and tells nobody which page asked for it. */
function stepwise_script_tag(string $tag, string $handle, string $address): string
{
    if ($handle !== 'stepwise-finder') {
        return $tag;
    }
    return sprintf(
        '<script type="module" src="%s" integrity="%s" crossorigin="anonymous" referrerpolicy="no-referrer"></script>' . "\n",
        esc_url($address),
        esc_attr(STEPWISE_INTEGRITY)
    );
}

/** Two settings under Settings > General. */
function stepwise_settings(): void
{
    foreach (['stepwise_home' => 'Stepwise: address (https://...)', 'stepwise_key' => 'Stepwise: key (pk_...)'] as $name => $label) {
        register_setting('general', $name, ['type' => 'string', 'sanitize_callback' => 'sanitize_text_field']);
        add_settings_field($name, $label, function () use ($name) {
            printf('<input class="regular-text" id="%1$s" name="%1$s" value="%2$s">', esc_attr($name), esc_attr((string) get_option($name, '')));
        }, 'general', 'default', ['label_for' => $name]);
    }
}

/** A frame's address, pasted alone on a line, becomes the frame. */
function stepwise_oembed(): void
{
    if ($home = stepwise_home()) {
        wp_oembed_add_provider($home . '/widget/pk_*', $home . '/widget/oembed.json');
        wp_oembed_add_provider($home . '/es/widget/pk_*', $home . '/widget/oembed.json');
    }
}

add_shortcode('stepwise_finder', 'stepwise_finder');
add_filter('script_loader_tag', 'stepwise_script_tag', 10, 3);
add_action('admin_init', 'stepwise_settings');
add_action('init', 'stepwise_oembed');
